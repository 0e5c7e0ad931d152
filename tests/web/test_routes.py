"""The table of routes."""

from moregrad.sampling.options import Sampling
from moregrad.web.forms import Samples
from moregrad.web.limits import Limits
from moregrad.web.routes import ROUTES


def test_a_route_knows_what_its_function_takes_and_returns():
    routes = {route.name: route for route in ROUTES}
    sample, upload, follow = routes["sample"], routes["upload"], routes["follow"]
    assert (sample.body, sample.form, sample.parameters, sample.query) == (Sampling, Samples, ["run"], {})
    assert (upload.body, upload.query, upload.parameters) == (bytes, {"name": str}, [])
    assert (follow.body, follow.query) == (None, {"after": int})
    assert (sample.most(Limits(body=5)), upload.most(Limits(upload=7))) == (5, 7)


def test_every_route_says_what_it_does():
    assert all(route.summary.endswith(".") for route in ROUTES)
    assert len({(route.method, route.path) for route in ROUTES}) == len(ROUTES)

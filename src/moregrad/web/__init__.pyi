from .application import application as application
from .limits import Limits as Limits
from .playground import Playground as Playground
from .server import Server as Server

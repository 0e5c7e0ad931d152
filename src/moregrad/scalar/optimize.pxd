# The C types of optimize.py, for when it is compiled.

import cython
from moregrad.scalar.value cimport Value

cdef class SGD:
    cdef tuple _parameters
    cdef public double rate
    cdef public double momentum
    cdef double[::1] _velocity

    @cython.locals(i=Py_ssize_t, p=Value, velocity="double[::1]")
    cpdef step(self)

cdef class Adam:
    cdef tuple _parameters
    cdef public double rate
    cdef readonly tuple betas
    cdef public double epsilon
    cdef public long steps
    cdef double[::1] _mean
    cdef double[::1] _square

    @cython.locals(
        i=Py_ssize_t, p=Value, keep_mean=double, keep_square=double, full_mean=double, full_square=double,
        mean="double[::1]", square="double[::1]"
    )
    cpdef step(self)

@cython.locals(p=Value)
cdef _zero_grad(tuple parameters)

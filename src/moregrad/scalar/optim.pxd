# The C types of optim.py, for when it is compiled.

import cython
from moregrad.scalar.value cimport Value

cdef long _MOST

cdef int _require_one_each(tuple parameters, Py_ssize_t numbers) except -1

cdef class Optimizer:
    cdef tuple _parameters
    cdef public double learning_rate

    @cython.locals(i=Py_ssize_t, p=Value)
    cpdef zero_grad(self)

cdef class SGD(Optimizer):
    cdef public double momentum
    cdef double[::1] _velocity

    @cython.locals(i=Py_ssize_t, p=Value, velocity="double[::1]")
    cpdef step(self)

cdef class Adam(Optimizer):
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

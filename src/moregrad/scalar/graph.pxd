# The C types of graph.py, for when it is compiled.

import cython
from moregrad.scalar.value cimport Value

cdef int _mark
cdef int _LAST

@cython.locals(v=Value, entered=int, done=int, ordered=list, waiting=list)
cpdef list order(Value root)

@cython.locals(v=Value, nodes=list, gradient=double)
cpdef backward(Value root)

@cython.locals(x=Value)
cdef _pass_on(tuple rest, double gradient)

@cython.locals(v=Value)
cpdef zero_grad(Value root)

cdef int _refuse_none(v) except -1

cpdef tuple list_inputs(Value v)

cpdef tuple list_numbers(Value v)

cpdef bint is_changed(Value v)

# The C types of value.py, for when it is compiled.

import cython

cdef object _ADD
cdef object _SUBTRACT
cdef object _MULTIPLY
cdef object _DIVIDE
cdef object _NEGATE
cdef object _RELU
cdef int _DEEPEST
cdef int _depth
cdef list _orphans

cdef class Value:
    cdef public double data
    cdef public double grad
    cdef public str label
    cdef readonly object rule
    cdef readonly bint reached
    cdef int _mark
    cdef Value _first
    cdef Value _second
    cdef double _partial1
    cdef double _partial2
    cdef tuple _rest
    cdef tuple _partials

@cython.locals(v=Value)
cdef Value _make_node(double data, object rule, Value first, Value second, double d1, double d2)
cdef void _fill(Value v, double data, object rule, Value first, Value second, double d1, double d2)
cdef int _connect(Value v, tuple inputs, tuple partials) except -1
@cython.locals(found=tuple, x=Value)
cdef Value _apply(object op, tuple inputs)
@cython.locals(data=double)
cdef Value _divide(Value x, Value y)
@cython.locals(data=double, v=Value)
cdef Value _to_value(object x, object op)

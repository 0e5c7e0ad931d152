# The C types of program.py, for when it is compiled.

import cython
from moregrad.scalar.value cimport Value

cdef int _UNRECORDED
cdef int _NEW
cdef int _RUNNING
cdef int _CALLED
cdef int _SWEPT
cdef int _LEAF
cdef int _ADD
cdef int _SUBTRACT
cdef int _MULTIPLY
cdef int _DIVIDE
cdef int _NEGATE
cdef int _RELU
cdef int _TABLE

cdef class Program:
    cdef list _parameters
    cdef list _seen
    cdef list _rules
    cdef dict _positions
    cdef dict _labels
    cdef list _lent
    cdef bint _single
    cdef int _state
    cdef Value _root
    cdef Py_ssize_t _output
    cdef Py_ssize_t _examples
    cdef int[::1] _inputs
    cdef int[::1] _parameter_positions
    cdef int[::1] _code
    cdef int[::1] _operand
    cdef int[::1] _start
    cdef signed char[::1] _varies
    cdef long long[::1] _at
    cdef long long[::1] _partial_at
    cdef double[::1] _data
    cdef double[::1] _gradients
    cdef double[::1] _partials

    cdef _require_graph(self)
    cdef _begin(self)
    cdef _end(self)
    cdef _read(self, double[::1] numbers, Py_ssize_t position)

    @cython.locals(v=Value, x=Value, count=Py_ssize_t, end=int, i=Py_ssize_t, k=Py_ssize_t)
    cdef _record(self, list nodes, dict positions)

    @cython.locals(count=Py_ssize_t, i=Py_ssize_t, size=Py_ssize_t, arity=Py_ssize_t)
    cdef _lay_out(self, Py_ssize_t examples)

    @cython.locals(p=Value, k=Py_ssize_t, j=Py_ssize_t, start=Py_ssize_t)
    cdef _load(self, double[:, ::1] columns)

    @cython.locals(
        data="double[::1]", at="long long[::1]", varies="signed char[::1]", operand="int[::1]", start="int[::1]",
        i=Py_ssize_t, j=Py_ssize_t, code=int, first=int, second=int, out=Py_ssize_t, x=Py_ssize_t, y=Py_ssize_t,
        dx=Py_ssize_t, dy=Py_ssize_t, count=Py_ssize_t
    )
    cdef _forward(self)

    @cython.locals(
        data="double[::1]", gradients="double[::1]", at="long long[::1]", varies="signed char[::1]",
        operand="int[::1]", start="int[::1]",
        i=Py_ssize_t, j=Py_ssize_t, k=Py_ssize_t, code=int, first=int, second=int, out=Py_ssize_t, x=Py_ssize_t,
        y=Py_ssize_t, dx=Py_ssize_t, dy=Py_ssize_t, count=Py_ssize_t, a=double, b=double, g=double, p=Value
    )
    cdef _backward(self, const double[::1] weights)

    @cython.locals(j=Py_ssize_t, k=Py_ssize_t, arity=int, count=Py_ssize_t)
    cdef _forward_by_table(self, Py_ssize_t i)

    @cython.locals(
        gradients="double[::1]", partials="double[::1]", j=Py_ssize_t, k=Py_ssize_t, x=int, count=Py_ssize_t, g=double
    )
    cdef _backward_by_table(self, Py_ssize_t i)

    @cython.locals(k=Py_ssize_t, i=Py_ssize_t)
    cdef _refuse_nan(self)

    @cython.locals(x=int, k=int)
    cdef list _gather_operands(self, Py_ssize_t i, Py_ssize_t j)

    cdef _describe_undefined(self, Py_ssize_t i, Py_ssize_t j)

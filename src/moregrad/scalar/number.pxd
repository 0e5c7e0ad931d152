# The C types of number.py, for when it is compiled.

cdef class Scalar:
    cdef public double data
    cdef public double grad
    cdef public str label

# The C types of value.py, for when it is compiled.

import cython
from moregrad.scalar.number cimport Scalar

cdef extern from *:
    """
    /* Cython's `cdef dict __dict__` costs every object a dictionary; this one is made by Python on first use. */
    #define place_of_dictionary(v) ((Py_ssize_t) ((char *) &(v)->_dictionary - (char *) (v)))
    #define take_dictionary(v) take_object(&(v)->_dictionary)
    #define drop_references(v) \
        do { \
            Py_CLEAR((v)->_first); Py_CLEAR((v)->_second); Py_CLEAR((v)->_rest); Py_CLEAR((v)->_dictionary); \
        } while (0)

    static PyGetSetDef dictionary_property[] = {
        {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict, NULL, NULL}, {NULL, NULL, NULL, NULL, NULL}
    };

    static inline int lend_dictionary(PyObject *type, Py_ssize_t place) {
        PyObject *property = PyDescr_NewGetSet((PyTypeObject *) type, dictionary_property);
        int failed = !property || PyDict_SetItemString(((PyTypeObject *) type)->tp_dict, "__dict__", property);
        Py_XDECREF(property);
        ((PyTypeObject *) type)->tp_dictoffset = place;
        PyType_Modified((PyTypeObject *) type);
        return -failed;
    }

    static inline PyObject *take_object(void **place) {
        PyObject *taken = *place ? (PyObject *) *place : Py_NewRef(Py_None);
        *place = NULL;
        return taken;
    }
    """
    Py_ssize_t place_of_dictionary(Value v)
    int lend_dictionary(object type, Py_ssize_t place) except -1
    object take_dictionary(Value v)
    void drop_references(Value v)

cdef object _ADD
cdef object _SUBTRACT
cdef object _MULTIPLY
cdef object _DIVIDE
cdef object _NEGATE
cdef object _RELU
cdef int _DEEPEST
cdef int _depth
cdef list _orphans

cdef class Value(Scalar):
    cdef readonly object rule
    cdef readonly bint reached
    cdef int _mark
    cdef Value _first
    cdef Value _second
    cdef double _partial1
    cdef double _partial2
    cdef double _number
    cdef tuple _rest
    cdef void* _dictionary

cdef void _empty(Value v)
@cython.locals(v=Value)
cdef Value _make_leaf(double data)
@cython.locals(v=Value)
cdef Value _make_node(double data, object rule, Value first, Value second, double d1, double d2, double number)
cdef int _connect(Value v, tuple inputs, tuple partials, list numbers) except -1
@cython.locals(found=tuple, numbers=list, x=Value)
cdef Value _apply(object op, tuple inputs)
@cython.locals(data=double)
cdef Value _divide(Value x, Value y)
cdef Value _to_value(object x, object op)
@cython.locals(data=double)
cdef double _to_number(object x, object op) except? -1.0

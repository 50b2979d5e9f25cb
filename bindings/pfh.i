/*
 * pfh.i -- the neutral half of every binding.
 *
 * calls.h says what can be called; target.i, that of the language's own folder, says how a text, an object, a
 * row and an error cross over.  What comes out is private: flat functions, which the hand-written classes of
 * each language stand on.
 */
%module pfh
%{
#include "calls.h"
%}
%include <stdint.i>
%include "target.i"
%include "calls.h"

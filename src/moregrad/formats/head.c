/* A model of words, written by moregrad. C99, without dependencies but the mathematics of the standard library:

       cc -O2 -std=c99 words.c -o words -lm
       ./words sample 10
       ./words score emma

   In a program of one's own, compile with -DMOREGRAD_NO_MAIN and call moregrad_begin, then moregrad_advance with token
   0, the boundary, and with the token of each character: it gives the logits of what follows. */

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>


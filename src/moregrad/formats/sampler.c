/* Returns the surprisal, in nats, of a token under logits. */
double moregrad_nats(const float logits[MOREGRAD_VOCAB], int token) {
  double largest = -INFINITY, total = 0;
  for (int i = 0; i < MOREGRAD_VOCAB; ++i)
    if (logits[i] > largest) largest = logits[i];
  for (int i = 0; i < MOREGRAD_VOCAB; ++i) total += exp(logits[i] - largest);
  return largest + log(total) - logits[token];
}

/* Draws a token from logits with the random number `uniform`, from 0 up to, not including, 1. At temperature 0 it is
   the likeliest. */
int moregrad_draw(const float logits[MOREGRAD_VOCAB], double temperature, double uniform) {
  int best = 0;
  double total = 0, shares[MOREGRAD_VOCAB];
  for (int i = 1; i < MOREGRAD_VOCAB; ++i)
    if (logits[i] > logits[best]) best = i;
  if (temperature <= 0) return best;
  for (int i = 0; i < MOREGRAD_VOCAB; ++i) total += shares[i] = exp((logits[i] - logits[best]) / temperature);
  uniform *= total;
  for (int i = 0; i < MOREGRAD_VOCAB; ++i)
    if ((uniform -= shares[i]) < 0) return i;
  return best;
}

/* Returns the tokens in the UTF-8 text `word`, written to `tokens`; -1 if one is not in the vocabulary, -2 if there are
   more than `room`. */
int moregrad_encode(const char *word, int *tokens, int room) {
  int length = 0;
  while (*word) {
    int token = 1;
    size_t width = 0;
    for (; token < MOREGRAD_VOCAB; ++token) {
      width = strlen(moregrad_symbols[token]);
      if (!strncmp(word, moregrad_symbols[token], width)) break;
    }
    if (token == MOREGRAD_VOCAB) return -1;
    if (length == room) return -2;
    tokens[length++] = token;
    word += width;
  }
  return length;
}

#ifndef MOREGRAD_NO_MAIN

/* SplitMix64, by Sebastiano Vigna, public domain. */
static double next_uniform(uint64_t *seed) {
  uint64_t z = (*seed += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return (double)((z ^ (z >> 31)) >> 11) / 9007199254740992.0;
}

/* Words that are empty, or longer than any of the list, are drawn anew, up to `TRIES` times. */
enum { TRIES = 100000 };

static int sample(long count, uint64_t seed, double temperature) {
  for (long made = 0; made < count; ++made) {
    int tokens[MOREGRAD_LONGEST], length = 0, token = 0, tries = 0;
    do {
      moregrad_state state;
      float logits[MOREGRAD_VOCAB];
      if (++tries > TRIES) {
        fputs("no word that ends is found; another temperature may help\n", stderr);
        return 1;
      }
      moregrad_begin(&state);
      for (token = 0, length = 0; length <= MOREGRAD_LONGEST; ++length) {
        moregrad_advance(&state, token, logits);
        token = moregrad_draw(logits, temperature, next_uniform(&seed));
        if (!token || length == MOREGRAD_LONGEST) break;
        tokens[length] = token;
      }
    } while (token || !length);
    for (int i = 0; i < length; ++i) fputs(moregrad_symbols[tokens[i]], stdout);
    putchar('\n');
  }
  return 0;
}

static int score(const char *word) {
  int tokens[MOREGRAD_READS + 1], length = moregrad_encode(word, tokens, MOREGRAD_READS);
  double nats[MOREGRAD_READS + 1], total = 0;
  moregrad_state state;
  if (length < 0) {
    fprintf(stderr, length == -1 ? "%s: a character is not in the vocabulary\n" : "%s: too long for the model\n", word);
    return 2;
  }
  tokens[length] = 0;
  moregrad_begin(&state);
  for (int i = 0; i <= length; ++i) {
    float logits[MOREGRAD_VOCAB];
    moregrad_advance(&state, i ? tokens[i - 1] : 0, logits);
    total += nats[i] = moregrad_nats(logits, tokens[i]);
  }
  printf("%s\t%.4f", word, total);
  for (int i = 0; i <= length; ++i) printf("\t%s %.4f", i < length ? moregrad_symbols[tokens[i]] : ".", nats[i]);
  putchar('\n');
  return 0;
}

static double number(const char *text, double least, double most, const char *name) {
  char *end;
  double value = strtod(text, &end);
  if (end == text || *end || !(value >= least && value <= most)) {
    fprintf(stderr, "%s is %s; it must be a number from %g to %g\n", name, text, least, most);
    exit(2);
  }
  return value;
}

int main(int count, char **words) {
  if (count >= 2 && count <= 5 && !strcmp(words[1], "sample")) {
    long wanted = count > 2 ? (long)number(words[2], 0, 1e9, "COUNT") : 20;
    uint64_t seed = count > 3 ? (uint64_t)number(words[3], 0, 9e15, "SEED") : 0;
    return sample(wanted, seed, count > 4 ? number(words[4], 0, 1e6, "TEMPERATURE") : 1);
  }
  if (count >= 3 && !strcmp(words[1], "score")) {
    int code = 0;
    for (int i = 2; i < count; ++i)
      if (score(words[i])) code = 2;
    return code;
  }
  fprintf(stderr, "usage: %s sample [COUNT [SEED [TEMPERATURE]]]\n       %s score WORD...\n", words[0], words[0]);
  return 2;
}

#endif

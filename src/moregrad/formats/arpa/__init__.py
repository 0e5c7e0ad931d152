"""N-grams in the format ARPA, which KenLM, SRILM and others read and write."""

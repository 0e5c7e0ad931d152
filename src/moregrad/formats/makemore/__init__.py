"""The checkpoints of makemore.py (github.com/karpathy/makemore), read without torch."""

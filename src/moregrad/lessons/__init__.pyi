from .exercise import Exercise as Exercise
from .exercise import exercise as exercise
from .message import Message as Message

"""What do other programs ask, and how are they answered?"""

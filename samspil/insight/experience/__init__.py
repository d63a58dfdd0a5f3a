"""What professionals say of a step of a model, without any person: does it work?"""

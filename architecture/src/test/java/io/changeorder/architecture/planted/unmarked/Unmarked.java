package io.changeorder.architecture.planted.unmarked;

class Unmarked {}

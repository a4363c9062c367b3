package io.changeorder.example.nightshift;

/** A process that answered, with the version that it said it is. */
public record RunningHello(long pid, String version) {}

package io.changeorder.adapter.planted;

/** Stands for what an adapter is for. */
public final class Outermost {}

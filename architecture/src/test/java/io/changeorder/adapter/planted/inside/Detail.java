package io.changeorder.adapter.planted.inside;

/** Stands for what an adapter keeps to itself. */
public final class Detail {}

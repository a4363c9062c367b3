package io.changeorder.architecture.planted.domain;

public record Lawful(String word) {}

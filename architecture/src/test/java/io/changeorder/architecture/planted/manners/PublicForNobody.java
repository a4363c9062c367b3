package io.changeorder.architecture.planted.manners;

public class PublicForNobody {}

package io.changeorder.bootstrap.logging;

/** What is logged: this and everything worse. */
public enum LogLevel {
    OFF,
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
}

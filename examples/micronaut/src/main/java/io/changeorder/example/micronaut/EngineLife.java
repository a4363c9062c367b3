package io.changeorder.example.micronaut;

import io.changeorder.application.ChangeOrderEngine;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;

/** The engine lives as long as the application does. */
@Context
class EngineLife {
    private final ChangeOrderEngine engine;

    EngineLife(ChangeOrderEngine engine) {
        this.engine = engine;
    }

    @PostConstruct
    void start() {
        engine.start();
    }

    @PreDestroy
    void end() {
        engine.close();
    }
}

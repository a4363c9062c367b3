package io.changeorder.example.quarkus;

import io.changeorder.application.ChangeOrderEngine;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Singleton;

/** The engine lives as long as the application does. */
@Singleton
class EngineLife {
    void start(@Observes Startup begun, ChangeOrderEngine engine) {
        engine.start();
    }

    void end(@Observes Shutdown ending, ChangeOrderEngine engine) {
        engine.close();
    }
}

package io.changeorder.architecture.planted.application.spi;

import io.changeorder.architecture.planted.domain.Lawful;

public interface Port {
    void serve(Lawful word);
}

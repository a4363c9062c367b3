package io.changeorder.architecture.planted.manners;

import java.io.IOException;

class StartsAProcess {
    Process start() throws IOException {
        return new ProcessBuilder("true").start();
    }
}

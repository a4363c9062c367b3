package io.changeorder.architecture.planted.domain;

import java.io.IOException;
import java.io.InputStream;

class WaitsForInput {
    int decision(InputStream answer) throws IOException {
        return answer.read();
    }
}

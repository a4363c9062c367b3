package io.changeorder.architecture.planted.domain;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

public class LeaksALibrary {
    public Optional<ImmutableList<String>> words() {
        return Optional.empty();
    }
}

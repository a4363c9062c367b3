package io.changeorder.architecture.planted.domain;

import com.google.common.collect.ImmutableList;
import java.util.List;

class ReliesOnALibrary {
    List<String> words() {
        return ImmutableList.of("word");
    }
}

package io.changeorder.architecture.planted.manners;

class HooksIntoTheEnd {
    void hook(Thread last) {
        Runtime.getRuntime().addShutdownHook(last);
    }
}

package io.changeorder.architecture.planted.manners;

class EndsTheJvm {
    void end() {
        System.exit(1);
    }
}

package io.changeorder.architecture.planted.manners;

class Lawful {
    String answer() {
        return "said by the answer";
    }
}

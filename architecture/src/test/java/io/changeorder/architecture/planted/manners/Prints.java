package io.changeorder.architecture.planted.manners;

class Prints {
    void say() {
        System.out.println("said by nobody who was asked");
    }
}

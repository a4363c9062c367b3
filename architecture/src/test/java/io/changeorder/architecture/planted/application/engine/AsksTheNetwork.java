package io.changeorder.architecture.planted.application.engine;

import java.net.InetAddress;

class AsksTheNetwork {
    String name(InetAddress address) {
        return address.getHostName();
    }
}

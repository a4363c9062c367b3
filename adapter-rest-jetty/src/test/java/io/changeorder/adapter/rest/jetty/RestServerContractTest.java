package io.changeorder.adapter.rest.jetty;

import io.changeorder.adapter.rest.RestApi;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.contract.RestShellContract;
import io.changeorder.adapter.rest.contract.Shell;

class RestServerContractTest extends RestShellContract {
    @Override
    protected Shell start(RestApi api, RequestAuthentication authentication) {
        RestServer server =
                RestServer.builder(api).authentication(authentication).build().start();
        return new Shell() {
            @Override
            public int port() {
                return server.port();
            }

            @Override
            public String mount() {
                return "";
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }

    @Override
    protected boolean knowsItsOwnMachine() {
        return true;
    }
}

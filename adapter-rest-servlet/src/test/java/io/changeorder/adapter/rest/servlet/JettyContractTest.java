package io.changeorder.adapter.rest.servlet;

import io.changeorder.adapter.rest.RestApi;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.contract.RestShellContract;
import io.changeorder.adapter.rest.contract.Shell;

class JettyContractTest extends RestShellContract {
    @Override
    protected Shell start(RestApi api, RequestAuthentication authentication) {
        return new JettyHost(api, authentication);
    }

    @Override
    protected boolean knowsItsOwnMachine() {
        return false;
    }
}

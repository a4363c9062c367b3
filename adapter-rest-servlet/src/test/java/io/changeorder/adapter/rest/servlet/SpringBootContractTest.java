package io.changeorder.adapter.rest.servlet;

import io.changeorder.adapter.rest.RestApi;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.contract.RestShellContract;
import io.changeorder.adapter.rest.contract.Shell;

class SpringBootContractTest extends RestShellContract {
    @Override
    protected Shell start(RestApi api, RequestAuthentication authentication) {
        return new SpringBootHost(api, authentication, "spring.mvc.formcontent.filter.enabled=false");
    }

    @Override
    protected boolean knowsItsOwnMachine() {
        return false;
    }
}

// The vendor's clients of Alibaba Cloud KMS for Go, at the shared gateway and at that of an instance.
package main

import (
	"claviger.example/conformance/checks"
	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	shared "github.com/alibabacloud-go/kms-20160120/v3/client"
	"github.com/alibabacloud-go/tea/tea"
	instanceapi "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/openapi"
	instance "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/sdk"
)

var canary = checks.Variable("CANARY")

func main() {
	management := checks.Of(shared.NewClient(&openapi.Config{
		AccessKeyId:     tea.String(checks.Variable("ALIBABA_CLOUD_ACCESS_KEY_ID")),
		AccessKeySecret: tea.String(checks.Variable("ALIBABA_CLOUD_ACCESS_KEY_SECRET")),
		RegionId:        tea.String(checks.Variable("ALIBABA_CLOUD_REGION_ID")),
		Endpoint:        tea.String(checks.Variable("ALIBABA_CLOUD_KMS_ENDPOINT")),
	}))
	sharedGateway(management)
	// No CA is given to it: it takes that of SSL_CERT_FILE.
	crypto := checks.Of(instance.NewClient(&instanceapi.Config{
		Protocol:      tea.String("https"),
		Endpoint:      tea.String(checks.Variable("ALIBABA_CLOUD_KMS_INSTANCE_ENDPOINT")),
		ClientKeyFile: tea.String(checks.Variable("ALIBABA_CLOUD_KMS_CLIENT_KEY_FILE")),
		Password:      tea.String(checks.Variable("ALIBABA_CLOUD_KMS_CLIENT_KEY_PASSWORD")),
	}))
	instanceGateway(management, crypto)
	checks.Done()
}

// newKey makes a key of the instance; the vendor's own default is one of AES.
func newKey(management *shared.Client, spec, usage string) *string {
	request := &shared.CreateKeyRequest{DKMSInstanceId: tea.String("kst-default")}
	if spec != "" {
		request.KeySpec, request.KeyUsage = &spec, &usage
	}
	return checks.Of(management.CreateKey(request)).Body.KeyMetadata.KeyId
}

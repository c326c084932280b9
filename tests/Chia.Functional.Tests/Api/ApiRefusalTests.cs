using System.Net;
using System.Net.Http.Headers;
using static Chia.Functional.Tests.Api.ApiNodeFixture;

namespace Chia.Functional.Tests.Api;

/// <summary>What the API does not do, and the words for it (OPERATIONS 3).</summary>
[Collection(ApiNodeFixture.Collection)]
public sealed class ApiRefusalTests(ApiNodeFixture api)
{
    [Theory]
    [InlineData("POST", "/api/v1/bans", """{"address":"nowhere"}""", "'nowhere' is no IP address")]
    [InlineData("POST", "/api/v1/bans", """{"address":"127.0.0.1"}""", "is this machine")]
    [InlineData("POST", "/api/v1/bans", """{"address":"203.0.113.5","seconds":-1}""", "seconds must be")]
    [InlineData("POST", "/api/v1/bans", """{"host":"203.0.113.5"}""", "the body is not what is expected")]
    [InlineData("POST", "/api/v1/bans", "rubbish", "the body is not what is expected")]
    [InlineData("POST", "/api/v1/peers", """{"address":"203.0.113.5"}""", "address must be HOST:PORT")]
    [InlineData("PUT", "/api/v1/log-level", """{"category":"Chia","level":"loud"}""", "level must be one of trace")]
    [InlineData("PUT", "/api/v1/log-level", """{"category":"","level":"debug"}""", "category must be")]
    public async Task What_is_wrong_with_a_body_is_named(string method, string path, string body, string detail)
    {
        var problem = await api.Send(new HttpMethod(method), path, HttpStatusCode.BadRequest, body);
        Assert.Equal("bad_parameter", Text(problem, "code"));
        Assert.Contains(detail, Text(problem, "detail"));
    }

    [Theory]
    [InlineData("/api/v1/blocks?limit=0", 400, "bad_parameter", "limit must be a whole number from 1 to 500, not '0'")]
    [InlineData("/api/v1/blocks?limit=-3", 400, "bad_parameter", "not '-3'")]
    [InlineData("/api/v1/blocks?limit=5&limit=6", 400, "bad_parameter", "limit is given 2 times")]
    [InlineData("/api/v1/blocks?before=x", 400, "bad_parameter", "before must be a whole number")]
    [InlineData("/api/v1/blocks?branch=side", 400, "bad_parameter", "main, all")]
    [InlineData("/api/v1/blocks/43", 404, "not_found", "the heaviest tip has 42")]
    [InlineData("/api/v1/blocks/99999999999", 400, "bad_parameter", "expected a height")]
    [InlineData("/api/v1/blocks/rubbish", 400, "bad_parameter", "'rubbish' is no block")]
    [InlineData("/api/v1/blocks/0000000000000000000000000000000000000000000000000000000000000000", 404, "not_found", "is stored")]
    [InlineData("/api/v1/tree?from=0&to=500", 400, "bad_parameter", "at most 500 heights, not 501")]
    [InlineData("/api/v1/tree?from=5&to=4", 400, "bad_parameter", "from must not be above to")]
    [InlineData("/api/v1/series?metrics=difficulty,weather", 400, "bad_parameter", "not 'weather'")]
    [InlineData("/api/v1/series?points=0", 400, "bad_parameter", "points must be")]
    [InlineData("/api/v1/peers?role=miner", 400, "bad_parameter", "role must be one of")]
    [InlineData("/api/v1/status?node=other", 404, "not_found", "there is no node 'other': there are main")]
    [InlineData("/api/v1/farm", 404, "no_such_role", "node main is no farmer: it is full_node, timelord")]
    [InlineData("/api/v1/nonsense", 404, "not_found", "there is nothing at /api/v1/nonsense")]
    [InlineData("/api/v1/stop", 405, "wrong_method", "it takes POST")]
    [InlineData("/api/v1/blocks/%1b%5b31m", 400, "bad_parameter", "'\\u001b[31m' is no block")]
    public async Task What_is_wrong_with_a_request_is_named(string path, int status, string code, string detail)
    {
        var problem = await api.Get(path, (HttpStatusCode)status);

        Assert.Equal("about:blank", Text(problem, "type"));
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(code, Text(problem, "code"));
        Assert.Contains(detail, Text(problem, "detail"));
    }

    [Fact]
    public async Task Pages_of_other_sites_are_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/v1/status", UriKind.Relative));
        request.Headers.Add("Origin", "http://example.org");
        using var response = await api.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(new MediaTypeHeaderValue("application/problem+json"), response.Content.Headers.ContentType);
    }
}

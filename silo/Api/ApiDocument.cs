using Chia.Silo.Api.Endpoints;
using Chia.Silo.Api.Requests;
using Chia.Silo.Api.Shapes;
using Chia.Silo.Status;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Chia.Silo.Api;

/// <summary>What the API says of itself at <c>/openapi/v1.json</c>: written by hand beside the endpoints, checked by a test against
/// them.</summary>
internal static class ApiDocument
{
    private static readonly Parameter Node =
        new("node", "Which node of several; by default the first that has the role.", JsonSchemaType.String);
    private static readonly Parameter From = new("from", "Lowest height.", JsonSchemaType.Integer);
    private static readonly Parameter To = new("to", "Highest height.", JsonSchemaType.Integer);
    private static readonly Parameter Branch =
        new("branch", "main: the chain of the heaviest tip; all: what is stored beside it too.", JsonSchemaType.String);

    private static readonly Operation[] Operations =
    [
        new("GET", "/status", "How the node is", typeof(StatusReport)),
        new("GET", "/blocks", "Blocks, highest first", typeof(BlockList),
            new("before", "Cursor: below this height.", JsonSchemaType.Integer), new("limit", "Rows, 1 to 500.", JsonSchemaType.Integer),
            Branch),
        new("GET", "/blocks/{id}", "A block whole, by height, header hash or tip", typeof(BlockDetail)),
        new("GET", "/blocks/{id}/raw", "Its bytes", null) { ContentType = "application/octet-stream" },
        new("POST", "/blocks/{id}/verify", "Every proof of it verified again", typeof(BlockVerification)),
        new("GET", "/tree", "Branches, at most 500 heights", typeof(BlockTree), From, To),
        new("GET", "/series", "Curves over the chain, thinned", typeof(SeriesColumns),
            new("metrics", "Of difficulty, netspace, block_time, ips, weight; all by default.", JsonSchemaType.String),
            new("points", "Most points, 1 to 5000.", JsonSchemaType.Integer), From, To),
        new("GET", "/export.csv", "Rows of blocks, lowest first", null, Branch, From, To) { ContentType = "text/csv" },
        new("GET", "/export.jsonl", "Rows of blocks, lowest first", typeof(BlockListRow), Branch, From,
            To) { ContentType = "application/jsonl" },
        new("GET", "/peers", "Connections of every role", typeof(PeerList),
            new Parameter("role", "Only peers of this role.", JsonSchemaType.String)),
        new("POST", "/peers", "Keeps a full node connected", null) { Body = typeof(PeerRequest), Status = 202 },
        new("DELETE", "/peers/{id}", "Closes a connection", null) { Status = 204 },
        new("GET", "/bans", "Who is kept out", typeof(BanList)),
        new("POST", "/bans", "Keeps an address out", null) { Body = typeof(BanRequest), Status = 204 },
        new("DELETE", "/bans/{address}", "Lets an address in again", null) { Status = 204 },
        new("GET", "/farm", "What is farmed, and what is to be expected", typeof(FarmView)),
        new("GET", "/farm/plots", "Plots of the harvester", typeof(PlotRows)),
        new("GET", "/farm/challenges", "The newest challenges of the farmer", typeof(ChallengeRows),
            new Parameter("limit", "Rows, 1 to 500.", JsonSchemaType.Integer)),
        new("GET", "/timelord", "What the timelord squares", typeof(TimelordView)),
        new("GET", "/network", "The network and its constants", typeof(NetworkView)),
        new("GET", "/nodes", "The nodes that this API answers for", typeof(NodeList)),
        new("GET", "/cluster", "Where the parts of the node live", typeof(ClusterView)),
        new("GET", "/events", "Server-sent events; Last-Event-ID replays what was missed", typeof(EventView),
            new("types", "Of tip, block, challenge, proof, vdf, peer, sync, message; all by default.", JsonSchemaType.String),
            new("role", "Only what concerns this role.", JsonSchemaType.String),
            new("peer", "Only what concerns this connection.", JsonSchemaType.String),
            new("since", "As Last-Event-ID.", JsonSchemaType.Integer)) { ContentType = "text/event-stream" },
        new("GET", "/log-level", "Which log lines are written", typeof(LogLevelView)),
        new("PUT", "/log-level", "Changes it", typeof(LogLevelView)) { Body = typeof(LogLevelRequest) },
        new("GET", "/logs", "The newest log lines", null, new("lines", "How many, at most 1000.", JsonSchemaType.Integer),
            new("follow", "true: and those that come.", JsonSchemaType.String)) { ContentType = "text/plain" },
        new("POST", "/stop", "Ends the process in order", null) { Status = 202 },
    ];

    /// <summary>Adds to every endpoint of a group its description.</summary>
    public static void Describe(IEndpointConventionBuilder group) => group.Add(endpoint =>
    {
        if (endpoint is not RouteEndpointBuilder route
            || route.Metadata.OfType<IHttpMethodMetadata>().FirstOrDefault() is not { HttpMethods: [var method, ..] })
            return;
        var path = "/" + route.RoutePattern.RawText!.TrimStart('/');
        if (Operations.FirstOrDefault(o => o.Method == method && ApiPaths.Prefix + o.Path == path) is not { } operation)
            return;
        route.Metadata.Add(operation);
        route.Metadata.Add(Handler);
        route.Metadata.Add(new TagsAttribute(Tag));
        route.Metadata.Add(
            new ProducesResponseTypeMetadata(operation.Status, operation.Answer, operation.Answer is null ? [] : [operation.ContentType]));
        route.Metadata.Add(
            new ProducesResponseTypeMetadata(StatusCodes.Status400BadRequest, typeof(Problem), ["application/problem+json"]));
        if (operation.Body is { } body)
            route.Metadata.Add(new AcceptsMetadata(["application/json"], body));
    });

    public static void AddServices(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            options.SerializerOptions.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.NumberHandling = default;

            // The description goes by these options, and not by those of the context beneath.
            foreach (var converter in ApiJson.Default.Options.Converters)
                options.SerializerOptions.Converters.Add(converter);
        });
        services.AddOpenApi("v1", options =>
        {
            options.ShouldInclude = description => description.ActionDescriptor.EndpointMetadata.OfType<Operation>().Any();
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = "chia", Version = "v1", Description = "The HTTP API of a node." };
                document.Servers = [];
                foreach (var schema in document.Components?.Schemas?.Values ?? [])
                    OnOneLine(schema);
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, _) =>
            {
                Complete(operation, context.Description.ActionDescriptor.EndpointMetadata.OfType<Operation>().FirstOrDefault());
                return Task.CompletedTask;
            });
        });
    }

    /// <summary>Puts descriptions on one line: they come from comments, which are broken where the source's lines end.</summary>
    private static void OnOneLine(IOpenApiSchema schema)
    {
        // A reference repeats what its target says, unless it says something itself.
        var said = schema is OpenApiSchemaReference reference ? reference.Reference.Description : schema.Description;
        if (said is not null)
            schema.Description = string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (schema is not OpenApiSchema own)
            return;
        foreach (var property in own.Properties?.Values ?? [])
            OnOneLine(property);
        if (own.Items is { } items)
            OnOneLine(items);
    }

    private static void Complete(OpenApiOperation operation, Operation? described)
    {
        if (described is null)
            return;
        operation.Summary = described.Summary;
        operation.Tags = null;
        operation.Parameters = [];
        foreach (var part in described.Path.Split('/').Where(part => part.StartsWith('{')))
            operation.Parameters.Add(Of(new Parameter(part.Trim('{', '}'), "", JsonSchemaType.String), ParameterLocation.Path));
        foreach (var parameter in described.Parameters.Append(Node))
            operation.Parameters.Add(Of(parameter, ParameterLocation.Query));
    }

    private static OpenApiParameter Of(Parameter parameter, ParameterLocation location) => new()
    {
        Name = parameter.Name,
        In = location,
        Required = location == ParameterLocation.Path,
        Description = parameter.Description.Length == 0 ? null : parameter.Description,
        Schema = new OpenApiSchema { Type = parameter.Type },
    };

    /// <summary>The group of all operations. It is part of the description that others generate their clients from, and so does not follow
    /// our names.</summary>
    private const string Tag = "ApiEndpoints";

    /// <summary>What the description looks for a handler's parameters in; ours read the request themselves.</summary>
    private static readonly System.Reflection.MethodInfo Handler = typeof(ProcessEndpoints).GetMethod(nameof(ProcessEndpoints.Stop))!;

    private sealed record Parameter(string Name, string Description, JsonSchemaType Type);

    private sealed record Operation(string Method, string Path, string Summary, Type? Answer, params Parameter[] Parameters)
    {
        public string ContentType { get; init; } = "application/json";

        public Type? Body { get; init; }

        public int Status { get; init; } = StatusCodes.Status200OK;
    }
}

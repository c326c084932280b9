using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Roles;
using Chia.GrainInterfaces.Sync;
using Chia.Grains.Peers;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Silo.Api;
using Chia.Silo.Api.Requests;
using Chia.Silo.Node;
using Chia.Silo.Status;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Chia.Fuzz.Targets;

/// <summary>The API as a process maps it, without a socket, before grains that answer at once and with next to nothing.</summary>
internal static class AnsweringApi
{
    /// <summary>Builds the pipeline, and what it is built of.</summary>
    public static (RequestDelegate Answer, IServiceProvider Services) Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore(); // never started
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<INodeSource>(services => new SingleNode(Node(services)));
        ApiEndpoints.AddServices(builder.Services);
        var app = builder.Build();
        ApiEndpoints.Map(app);
        app.UseEndpoints(_ => { });
        return (((IApplicationBuilder)app).Build(), app.Services);
    }

    private static ApiNode Node(IServiceProvider services)
    {
        var cluster = DispatchProxy.Create<IClusterClient, Answers>();
        var settings = new NodeSettings
        {
            Network = Testnet.Definition,
            Root = "/nonexistent",
            Roles = [.. RoleNames.All.Select(name => new RoleSettings(RoleNames.Parse(name), 0))],
        };
        var status = new StatusReader(
            cluster, settings, Options.Create(new PeerDirectoryOptions()), TimeProvider.System,
            services.GetRequiredService<IHostApplicationLifetime>());
        return new ApiNode(
            "main", "main", Testnet.Definition, [.. settings.Roles.Select(role => role.Role)], cluster, status, () => { })
        {
            Levels = new LogLevels(LogLevel.Information),
            Logs = new LogMemory(TimeProvider.System),
        };
    }

    /// <summary>Every grain, and who makes them: empty lists, nothing found, a chain of its genesis block.</summary>
    internal class Answers : DispatchProxy
    {
        private static readonly TipInfo Genesis = new(default, default, default, 0, 1, 1, 1, 1, 1, default, 1, 1);

        private static readonly Dictionary<Type, object> Known = new()
        {
            [typeof(ChainSnapshot)] = new ChainSnapshot([Genesis], Genesis, Genesis, 1),
            [typeof(ChainFigures)] = new ChainFigures(1, 0, null),
            [typeof(SyncReport)] = new SyncReport(SyncState.Synced, SyncPhase.Idle, 0, 0, 0, 0, 0, "", 0, null, ""),
            [typeof(FullNodeStatus)] = new FullNodeStatus(null, 0, 0, 0),
            [typeof(FarmerStatus)] = new FarmerStatus(0, 0, null, 0, "", 0, 0, 0, 0, 0, null),
            [typeof(HarvesterStatus)] = new HarvesterStatus(0, 0, [], [], 0, 0, 0, 0),
            [typeof(TimelordStatus)] = new TimelordStatus(0, 0, 0, 0, 0, 0, null, []),
        };

        private static readonly ConcurrentDictionary<Type, object> Grains = new();

        private static readonly ConcurrentDictionary<Type, object?> Results = new();

        protected override object? Invoke(MethodInfo? method, object?[]? args) =>
            method!.Name.StartsWith("GetGrain", StringComparison.Ordinal) && method.IsGenericMethod
                ? Grains.GetOrAdd(method.ReturnType, type => Create(type, typeof(Answers)))
                : Results.GetOrAdd(method.ReturnType, Result);

        private static object? Result(Type type)
        {
            if (type == typeof(Task))
                return Task.CompletedTask;
            if (!type.IsGenericType)
                return Default(type);
            var made = type.GetGenericArguments()[0];
            return type.GetGenericTypeDefinition() == typeof(Task<>)
                ? typeof(Task).GetMethod(nameof(Task.FromResult))!.MakeGenericMethod(made).Invoke(null, [Default(made)])
                : type.GetGenericTypeDefinition() == typeof(ValueTask<>) ? Activator.CreateInstance(type, Default(made)) : Default(type);
        }

        private static object? Default(Type type) =>
            Known.TryGetValue(type, out var known) ? known
            : type.IsArray ? Array.CreateInstance(type.GetElementType()!, 0)
            : type == typeof(string) ? ""
            : type == typeof(void) || !type.IsValueType ? null
            : RuntimeHelpers.GetUninitializedObject(type);
    }
}

using System.Net;
using Chia.Gateway.Configuration;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Chain;
using Chia.Grains.Peers;
using Chia.Protocol.Primitives;
using Chia.Silo.Api;
using Chia.Silo.Api.Endpoints;
using Chia.Silo.Api.Guards;
using Chia.Silo.Api.Requests;
using Chia.Silo.Configuration;
using Chia.Silo.Node;
using Chia.Silo.Status;
using Chia.Silo.Telemetry;
using Chia.Storage.Errors;
using Chia.Storage.Files;
using Microsoft.AspNetCore.Connections;

namespace Chia.Silo.Hosting;

/// <summary>Composes a node: silo, store, grains, gateways, local RPC. What is started when is in <see cref="NodeStages"/>.</summary>
internal static class NodeHost
{
    /// <summary>How long a stopping node may take to close its connections and end its grains.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(15);

    /// <exception cref="UserException">A port is in use.</exception>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    public static async Task<RunningNode> Start(NodeSettings settings, CancellationToken cancellation)
    {
        CheckDescriptors(settings);
        FreePorts.Require(settings);
        RequireFolders(settings.Root);
        RpcNote.Require(settings.Root);
        var app = Build(settings);
        try
        {
            await app.StartAsync(cancellation);
            return new RunningNode(app, settings, RpcNote.Write(settings.Root, ApiPort.Url(app.Services)));
        }
        catch (Exception error)
        {
            // What had started ends in order, or it would complain at length of the ground pulled from under it.
            await app.StopAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await app.DisposeAsync();
            throw StartFault.Explain(error);
        }
    }

    private static WebApplication Build(NodeSettings settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = settings.Root });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        NodeLogging.QuietServer(builder.Logging).SetMinimumLevel(settings.Log.Level)
            // It prints a stack trace for what Explain says in one line.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        if (settings.Logging is { } elsewhere)
            elsewhere(builder.Logging);
        else
            NodeLogging.To(builder.Logging, settings.Log);
        NodeSilo.Add(builder, settings);
        NodeLogging.KeepLines(builder.Logging, settings.Log);
        AddServices(builder.Services, settings);
        builder.WebHost.UseKestrelCore().UseSockets(sockets =>
        {
            sockets.MaxReadBufferSize = GatewayLimits.ReceiveBuffer;
            sockets.CreateBoundListenSocket = settings.Api.Bind;
        }).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ApplicationServices.GetRequiredService<NodeGateways>().Bind(kestrel);
            kestrel.Listen(settings.Api.EndPoint);
        });
        ApiEndpoints.AddServices(builder.Services);
        var app = builder.Build();
        ApiEndpoints.Map(app, TokenRule.For(settings.Api.Address, settings.ApiToken), HealthEndpoints.Map);
        NodeTelemetry.Map(app);
        (settings.HasDashboard ? OrleansPage.Map : (Action<WebApplication>)OrleansPage.MapAbsence)(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, NodeSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(settings.Network);
        services.AddSingleton(TimeProvider.System);
        SiloServices.AddValidation(services);
        services.AddSingleton<IBlockStoreProvider, SqliteStoreProvider>();
        services.Configure(settings.FullNode);
        services.Configure<PeerDirectoryOptions>(options => options.ListensWithin = settings.ListensWithin());
        services.Configure(settings.Peers);
        settings.Services(services);
        services.AddSingleton<StatusReader>();
        services.AddSingleton<INodeSource>(s => new SingleNode(ApiNodeOf(s, settings)));
        services.AddSingleton<NodeTelemetry>();
        services.AddSingleton<NodeGateways>();
        services.AddHostedService(s => s.GetRequiredService<NodeGateways>());
        if (settings.HasDashboard)
            services.AddSingleton<OrleansPage>();
        if (settings.Reread is not null)
        {
            services.AddSingleton(s => Configuration(s, settings));
            services.AddHostedService<ConfigurationWatch>();
        }
    }

    /// <summary>Applies the part of config.yaml that may change at run time.</summary>
    private static WatchedFile Configuration(IServiceProvider services, NodeSettings settings) => new(
        Path.Combine(Path.GetFullPath(settings.Root), NodeConfiguration.FileName),
        () =>
        {
            if (settings.Reread!() is not { } changed)
                return false;
            services.GetRequiredService<LogLevels>().Set(changed.Log);
            services.GetRequiredService<NodeGateways>().SetPeers(settings.Name, changed.Roles);
            return true;
        });

    /// <summary>The node as its API knows it.</summary>
    private static ApiNode ApiNodeOf(IServiceProvider services, NodeSettings settings) =>
        new(
            settings.Name.ToString(),
            NodeKey.Of(settings.Name),
            settings.Network,
            [.. settings.Roles.Select(role => role.Role)],
            services.GetRequiredService<IClusterClient>(),
            services.GetRequiredService<StatusReader>(),
            services.GetRequiredService<IHostApplicationLifetime>().StopApplication)
        {
            Levels = services.GetRequiredService<LogLevels>(),
            Logs = services.GetRequiredService<LogMemory>(),
        };

    /// <summary>What grains keep is written minutes after the start: that it cannot be would cost bans and addresses at the
    /// next.</summary>
    private static void RequireFolders(string root)
    {
        try
        {
            WritableFolder.Require(root);
            WritableFolder.Require(NodePaths.StateFolder(root));
        }
        catch (IOException error)
        {
            throw new UserException($"cannot keep what the node learns: {error.Message}");
        }
    }

    /// <summary>
    /// Compares the descriptors needed with those granted: without one, connections would fail one by one, and the store with them.
    /// </summary>
    private static void CheckDescriptors(NodeSettings settings)
    {
        var needed = DescriptorLimit.Needed(settings.Roles.Select(role => new GatewayLimits { MaxInbound = role.MaxInbound }));
        if (DescriptorLimit.Problem(needed, DescriptorLimit.Given()) is { } problem)
            throw new UserException(problem);
    }
}

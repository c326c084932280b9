using Chia.Consensus.Validation;
using Chia.Grains.Events;
using Chia.Grains.Validation;
using Chia.Silo.Telemetry;
using Orleans.Hosting;

namespace Chia.Silo.Hosting;

/// <summary>What every silo has, be it the one of a process or one of a cluster.</summary>
internal static class SiloServices
{
    /// <summary>Threads that check proofs, what they remember, and how long they take.</summary>
    public static void AddValidation(IServiceCollection services)
    {
        services.AddSingleton(_ => new ValidationThreads());
        services.AddSingleton(_ => new VerifiedHeaders());
        services.AddSingleton<IProofVerifier>(s => new MeteredVerifier(new ProofVerifier(), s.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Events for whoever watches a node, and activities across grains if a collector is configured.</summary>
    public static void AddObservation(ISiloBuilder silo)
    {
        silo.Services.AddSingleton<EventTap>();
        silo.AddIncomingGrainCallFilter<ObservingFilter>();
        if (NodeTelemetry.HasCollector)
            silo.AddActivityPropagation();
    }
}

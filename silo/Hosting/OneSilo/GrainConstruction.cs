using Orleans.Metadata;

namespace Chia.Silo.Hosting.OneSilo;

/// <summary>
/// Constructs grains by reflection. Orleans' own way compiles an expression tree for each class, which costs a start more than a node can
/// gain by it: it makes one grain of most classes, and the others as seldom as a peer connects.
/// </summary>
internal sealed class GrainConstruction(GrainClassMap classes, IServiceProvider services) : IConfigureGrainTypeComponents
{
    /// <summary>First of all, for Orleans leaves alone what has a way to be made.</summary>
    public static void Add(IServiceCollection services) =>
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureGrainTypeComponents, GrainConstruction>());

    public void Configure(GrainType grainType, GrainProperties properties, GrainTypeSharedContext shared)
    {
        if (classes.TryGetGrainClass(grainType, out var grain))
            shared.SetComponent<IGrainActivator>(new Constructor(grain, new GrainConstructorArgumentFactory(services, grain)));
    }

    /// <param name="grain">The class.</param>
    /// <param name="arguments">Gives what its constructor's attributes ask for, such as kept state.</param>
    private sealed class Constructor(Type grain, GrainConstructorArgumentFactory arguments) : IGrainActivator
    {
        public object CreateInstance(IGrainContext context) =>
            ActivatorUtilities.CreateInstance(context.ActivationServices, grain, arguments.CreateArguments(context));

        public async ValueTask DisposeInstance(IGrainContext context, object instance)
        {
            if (instance is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else
                (instance as IDisposable)?.Dispose();
        }
    }
}

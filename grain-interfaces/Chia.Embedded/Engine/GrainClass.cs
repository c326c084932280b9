using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Chia.Embedded.Engine;

/// <summary>What the engine knows of a grain class.</summary>
internal sealed class GrainClass
{
    private static readonly Type[] Markers = [typeof(IGrain), typeof(IGrainWithStringKey), typeof(IGrainWithIntegerKey)];

    private readonly ConstructorInfo _constructor;
    private readonly Func<Activation, object?>[] _arguments;

    internal GrainClass(Type type, TimeSpan collectionAge)
    {
        Type = type;
        TypeName = NameOf(type);
        Interfaces = [.. type.GetInterfaces().Where(i => typeof(IGrain).IsAssignableFrom(i) && !Markers.Contains(i))];
        Reentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        MaxWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>()?.MaxWorkers ?? 0;
        var age = type.GetCustomAttribute<CollectionAgeLimitAttribute>();
        CollectionAge = type.IsDefined(typeof(KeepAliveAttribute), inherit: true) || age is { AlwaysActive: true }
            ? Timeout.InfiniteTimeSpan
            : age?.AgeLimit ?? collectionAge;
        var constructors = type.GetConstructors();
        _constructor = constructors.Length == 1
            ? constructors[0]
            : constructors.SingleOrDefault(c => c.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
                ?? throw new InvalidOperationException($"{type.FullName} needs one public constructor, or one marked [ActivatorUtilitiesConstructor].");
        _arguments = [.. _constructor.GetParameters().Select(ArgumentFor)];
    }

    internal Type Type { get; }

    /// <summary>The name that Orleans would give it: the class name in lower case, without "grain" at its end.</summary>
    internal string TypeName { get; }

    internal IReadOnlyList<Type> Interfaces { get; }

    internal bool Reentrant { get; }

    /// <summary>How many activations a stateless worker may have; zero for ordinary grains, which have one.</summary>
    internal int MaxWorkers { get; }

    /// <summary>Idle time after which an activation is ended; infinite for never.</summary>
    internal TimeSpan CollectionAge { get; }

    /// <summary>Makes a grain object for an activation, on its turn.</summary>
    /// <exception cref="InvalidOperationException">It, or what it asks for, could not be made; holds the reason, as Orleans' does.</exception>
    internal IGrainBase Construct(Activation activation)
    {
        try
        {
            var arguments = new object?[_arguments.Length];
            for (var i = 0; i < arguments.Length; i++)
                arguments[i] = _arguments[i](activation);
            return (IGrainBase)_constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
        }
        catch (Exception reason)
        {
            throw new InvalidOperationException($"A grain of type {Type.FullName} could not be made: {reason.Message}", reason);
        }
    }

    private static string NameOf(Type type)
    {
        const string suffix = "grain";
        var name = type.Name.ToLowerInvariant();
        return name.EndsWith(suffix, StringComparison.Ordinal) && name.Length > suffix.Length ? name[..^suffix.Length] : name;
    }

    private static Func<Activation, object?> ArgumentFor(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
        {
            if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
                throw new InvalidOperationException($"{parameter.Member.DeclaringType?.FullName}: [PersistentState] belongs to parameters of type IPersistentState<T>.");
            return activation => activation.AddState(type.GetGenericArguments()[0], state);
        }
        if (type == typeof(IGrainContext))
            return activation => activation;
        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { Key: { } key })
            return activation => activation.ActivationServices.GetRequiredKeyedService(type, key);
        return parameter.HasDefaultValue
            ? activation => activation.ActivationServices.GetService(type) ?? parameter.DefaultValue
            : activation => activation.ActivationServices.GetRequiredService(type);
    }
}

using System.Linq.Expressions;
using System.Reflection;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Chia.Embedded.Engine;

/// <summary>One method of a grain or callback interface: its traits, and how to call it on an object.</summary>
internal abstract class GrainMethod
{
    private readonly (int Index, Type Type)[] _addressables;

    protected GrainMethod(Type interfaceType, MethodInfo method)
    {
        var parameters = method.GetParameters();
        Name = $"{interfaceType.Name}.{method.Name}";
        AlwaysInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        ReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        OneWay = method.ReturnType == typeof(void) || method.IsDefined(typeof(OneWayAttribute));
        TokenIndex = Array.FindIndex(parameters, p => p.ParameterType == typeof(CancellationToken));
        _addressables = [.. parameters.Where(p => typeof(IAddressable).IsAssignableFrom(p.ParameterType)).Select(p => (p.Position, p.ParameterType))];
        Invoke = CompileInvoke(interfaceType, method, parameters);
    }

    internal string Name { get; }

    internal bool AlwaysInterleave { get; }

    internal bool ReadOnly { get; }

    internal bool OneWay { get; }

    /// <summary>Position of the parameter of type <see cref="CancellationToken"/>; negative without one.</summary>
    internal int TokenIndex { get; }

    /// <summary>Calls the method on an object; ValueTasks are made Tasks, void becomes a completed one.</summary>
    internal Func<object, object?[], Task> Invoke { get; }

    /// <summary>Reads a method of an interface.</summary>
    /// <exception cref="NotSupportedException">Its shape cannot cross.</exception>
    internal static GrainMethod Create(Type interfaceType, MethodInfo method)
    {
        var parameters = method.GetParameters();
        var problem = method switch
        {
            { IsGenericMethodDefinition: true } => "is generic",
            _ when parameters.Any(p => p.ParameterType.IsByRef) => "has a parameter by reference",
            _ when parameters.Count(p => p.ParameterType == typeof(CancellationToken)) > 1 => "has more than one CancellationToken",
            _ => null,
        };
        var returns = method.ReturnType;
        if (returns == typeof(void))
        {
            if (!typeof(Orleans.IGrainObserver).IsAssignableFrom(interfaceType))
                problem ??= "returns void, which only callback interfaces may";
            return problem is null ? new GrainMethod<Nothing>(interfaceType, method, ReturnKind.Void) : throw Unfit(method, problem);
        }
        var definition = returns.IsGenericType ? returns.GetGenericTypeDefinition() : null;
        ReturnKind? kind = returns == typeof(Task) || definition == typeof(Task<>) ? ReturnKind.Task
            : returns == typeof(ValueTask) || definition == typeof(ValueTask<>) ? ReturnKind.ValueTask
            : null;
        if (kind is null)
            problem ??= "returns neither Task nor ValueTask";
        if (problem is not null)
            throw Unfit(method, problem);
        var result = definition is null ? typeof(Nothing) : returns.GetGenericArguments()[0];
        return (GrainMethod)Activator.CreateInstance(
            typeof(GrainMethod<>).MakeGenericType(result),
            BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public,
            null,
            [interfaceType, method, kind!.Value],
            null)!;
    }

    /// <summary>Makes a call through <paramref name="address"/>.</summary>
    /// <returns>What the interface method returns: a task of the right kind, or null for void.</returns>
    internal abstract object? Call(ICallAddress address, object?[] arguments);

    /// <summary>A grain that passes itself passes a reference; a callback object must have been made one.</summary>
    protected void PassReferences(object?[] arguments)
    {
        foreach (var (index, type) in _addressables)
        {
            if (arguments[index] is IAddressable value and not GrainReference)
                arguments[index] = GrainReference.To(value, type);
        }
    }

    private static NotSupportedException Unfit(MethodInfo method, string problem) =>
        new($"{method.DeclaringType?.FullName}.{method.Name} {problem}.");

    private static Func<object, object?[], Task> CompileInvoke(Type interfaceType, MethodInfo method, ParameterInfo[] parameters)
    {
        var target = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object?[]));
        Expression call = Expression.Call(
            Expression.Convert(target, interfaceType),
            method,
            parameters.Select(p => Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(p.Position)), p.ParameterType)));
        if (method.ReturnType == typeof(void))
            call = Expression.Block(call, Expression.Constant(Task.CompletedTask, typeof(Task)));
        else if (method.ReturnType.IsValueType)
            call = Expression.Call(call, method.ReturnType.GetMethod(nameof(ValueTask.AsTask))!);
        return Expression.Lambda<Func<object, object?[], Task>>(Expression.Convert(call, typeof(Task)), target, arguments).Compile();
    }
}

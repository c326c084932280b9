using System.Reflection;

namespace Chia.Embedded.Engine;

/// <summary>A method whose result is a <typeparamref name="T"/>.</summary>
internal sealed class GrainMethod<T>(Type interfaceType, MethodInfo method, ReturnKind returns) : GrainMethod(interfaceType, method)
{
    internal override object? Call(ICallAddress address, object?[] arguments)
    {
        PassReferences(arguments);
        var call = new CallRequest<T>(this, arguments);
        if (OneWay)
        {
            address.Post(call);
            return Returned(Task.FromResult<T>(default!));
        }
        if (call.Begin(address.Engine))
            address.Post(call);
        return Returned(call.Response);
    }

    private object? Returned(Task<T> response) => returns switch
    {
        ReturnKind.Void => null,
        ReturnKind.Task => response,
        _ when typeof(T) == typeof(Nothing) => new ValueTask(response),
        _ => new ValueTask<T>(response),
    };
}

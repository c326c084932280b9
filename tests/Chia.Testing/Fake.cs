using System.Reflection;

namespace Chia.Testing;

/// <summary>An implementation of an interface whose calls a test answers.</summary>
public class Fake : DispatchProxy
{
    private Func<MethodInfo, object?[], object?> _answer = null!;

    /// <summary>One that answers each call by its method and arguments.</summary>
    public static T Of<T>(Func<MethodInfo, object?[], object?> answer)
        where T : class
    {
        var fake = Create<T, Fake>();
        ((Fake)(object)fake)._answer = answer;
        return fake;
    }

    /// <summary>One that answers each call by the method's name.</summary>
    public static T Of<T>(Func<string, object?> answer)
        where T : class => Of<T>((method, _) => answer(method.Name));

    /// <summary>One that is told things and does nothing; a question is an error of the test.</summary>
    public static T Deaf<T>()
        where T : class => Of<T>((method, _) =>
            method.ReturnType == typeof(Task) ? Task.CompletedTask : throw new NotSupportedException(method.Name));

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!, args ?? []);
}

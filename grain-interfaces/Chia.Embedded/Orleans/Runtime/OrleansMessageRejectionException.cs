namespace Orleans.Runtime;

/// <summary>The engine did not deliver the call: it is stopping, or the activation went away again and again.</summary>
public class OrleansMessageRejectionException : OrleansException
{
    internal OrleansMessageRejectionException(string message)
        : base(message)
    {
    }
}

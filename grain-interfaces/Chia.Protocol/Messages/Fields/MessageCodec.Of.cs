namespace Chia.Protocol.Messages;

/// <summary>Declarations: the fields of a message in wire order, and the constructor that takes their values in the same order.</summary>
internal sealed partial class MessageCodec
{
    /// <summary>A message without fields.</summary>
    public static MessageCodec Of<TMessage>(string function, Func<TMessage> make)
        where TMessage : Message =>
        new(function, [], (ref _) => make());

    /// <summary>A message of one field.</summary>
    public static MessageCodec Of<TMessage, T1>(
        string function,
        Field<TMessage, T1> f1,
        Func<T1, TMessage> make)
        where TMessage : Message =>
        new(function, [f1], (ref r) => make(r.Next(f1)));

    /// <summary>A message of two fields.</summary>
    public static MessageCodec Of<TMessage, T1, T2>(
        string function,
        Field<TMessage, T1> f1,
        Field<TMessage, T2> f2,
        Func<T1, T2, TMessage> make)
        where TMessage : Message =>
        new(function, [f1, f2], (ref r) => make(r.Next(f1), r.Next(f2)));

    /// <summary>A message of three fields.</summary>
    public static MessageCodec Of<TMessage, T1, T2, T3>(
        string function,
        Field<TMessage, T1> f1,
        Field<TMessage, T2> f2,
        Field<TMessage, T3> f3,
        Func<T1, T2, T3, TMessage> make)
        where TMessage : Message =>
        new(function, [f1, f2, f3], (ref r) => make(r.Next(f1), r.Next(f2), r.Next(f3)));

    /// <summary>A message of four fields.</summary>
    public static MessageCodec Of<TMessage, T1, T2, T3, T4>(
        string function,
        Field<TMessage, T1> f1,
        Field<TMessage, T2> f2,
        Field<TMessage, T3> f3,
        Field<TMessage, T4> f4,
        Func<T1, T2, T3, T4, TMessage> make)
        where TMessage : Message =>
        new(function, [f1, f2, f3, f4], (ref r) => make(r.Next(f1), r.Next(f2), r.Next(f3), r.Next(f4)));

    /// <summary>A message of five fields.</summary>
    public static MessageCodec Of<TMessage, T1, T2, T3, T4, T5>(
        string function,
        Field<TMessage, T1> f1,
        Field<TMessage, T2> f2,
        Field<TMessage, T3> f3,
        Field<TMessage, T4> f4,
        Field<TMessage, T5> f5,
        Func<T1, T2, T3, T4, T5, TMessage> make)
        where TMessage : Message =>
        new(function, [f1, f2, f3, f4, f5], (ref r) => make(r.Next(f1), r.Next(f2), r.Next(f3), r.Next(f4), r.Next(f5)));
}

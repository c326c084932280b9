using Chia.Protocol.Messages;

namespace Chia.Functional.Tests.Peers;

/// <summary>A message as it came.</summary>
/// <param name="Message">What it says.</param>
/// <param name="Payload">Its bytes, without the length.</param>
internal sealed record ReceivedMessage(Message Message, byte[] Payload);

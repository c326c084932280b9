using Chia.Gateway.Configuration;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Connections.Entry;

/// <summary>Why an accepted connection gets no place.</summary>
internal enum EntryRefusal
{
    /// <summary>None: it gets a place.</summary>
    None,

    /// <summary>Its network opens connections too fast.</summary>
    TooFast,

    /// <summary>Its address has as many as one may have.</summary>
    TooManyOfOne,
}

/// <summary>
/// The places of accepted connections. Handshakes under way have a few places of their own; when these are taken, the oldest silent one
/// of the largest network group makes room. Established connections are kept in four rooms (this machine's or not, roles that usually
/// call here or not), so that no kind takes another's places. In a full room the least useful connection goes (<see cref="Eviction"/>).
/// </summary>
internal sealed class InboundPlaces(GatewayLimits limits, Role localRole, IReadOnlySet<PeerHost> configured, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly AcceptRate _rate = new(time);
    private readonly HashSet<Place> _handshaking = [];
    private readonly Dictionary<InboundRoom, HashSet<Place>> _rooms = [];
    private readonly Dictionary<NetworkGroup, int> _bySubscriber = [];
    private readonly long _start = time.GetTimestamp();
    private readonly int _secret = Random.Shared.Next();
    private PlacesElsewhere _elsewhere = PlacesElsewhere.None;

    /// <summary>The clock of these places: time since they were made.</summary>
    public TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>How many connections are in their handshake, and how many are established.</summary>
    public (int Handshaking, int Established) Count
    {
        get
        {
            lock (_lock)
                return (_handshaking.Count, Established);
        }
    }

    /// <summary>Gives a connection that has just been accepted a place to shake hands in.</summary>
    /// <param name="host">Where it comes from.</param>
    /// <param name="evict">Ends it.</param>
    /// <param name="refusal">Why it gets none.</param>
    public Place? TryEnter(PeerHost host, Action evict, out EntryRefusal refusal)
    {
        Place? victim = null;
        Place place;
        lock (_lock)
        {
            var own = _bySubscriber.GetValueOrDefault(host.Subscriber);
            refusal = !_rate.TryTake(host) ? EntryRefusal.TooFast
                : own >= limits.MaxInboundPerSubscriber && !host.IsLoopback ? EntryRefusal.TooManyOfOne
                : EntryRefusal.None;
            if (refusal != EntryRefusal.None)
                return null;
            var rivals = _handshaking.Where(p => p.Host.IsLoopback == host.IsLoopback).ToList();
            if (rivals.Count >= limits.MaxHandshaking)
            {
                victim = OldestOfTheLargestCrowd(rivals);
                Remove(victim);
            }

            place = new Place(host, !host.IsLoopback && configured.Contains(host), Now, evict);
            _handshaking.Add(place);
            _bySubscriber[host.Subscriber] = _bySubscriber.GetValueOrDefault(host.Subscriber) + 1;
        }

        victim?.Evict();
        return place;
    }

    /// <summary>
    /// The handshake has told the peer's role: moves the connection to the room of its kind, and evicts the least useful one there if
    /// the room is full. False if all there are more useful.
    /// </summary>
    public bool TryEstablish(Place place, Role role)
    {
        Place? victim = null;
        lock (_lock)
        {
            if (!_handshaking.Contains(place))
                return false;
            place.Role = role;
            var room = RoomOf(place);
            if (!place.IsConfigured && CrowdedBy(room, place) is { } crowd)
            {
                victim = Eviction.Choose(crowd, _secret);
                if (victim is null)
                    return false;
                Remove(victim);
            }

            _handshaking.Remove(place);
            room.Add(place);
        }

        victim?.Evict();
        return true;
    }

    /// <summary>
    /// Takes note of the places that the node's other gateways use. Connections beyond what is left here are evicted, the least useful
    /// first.
    /// </summary>
    public void Share(PlacesElsewhere elsewhere)
    {
        List<Place> over = [];
        lock (_lock)
        {
            _elsewhere = elsewhere;
            foreach (var (kind, room) in _rooms)
            {
                while (room.Count > Capacity(kind) && Eviction.Choose(room, _secret) is { } victim)
                {
                    Remove(victim);
                    over.Add(victim);
                }
            }
        }

        over.ForEach(place => place.Evict());
    }

    /// <summary>Gives up the place of a connection that is gone.</summary>
    public void Leave(Place place)
    {
        lock (_lock)
            Remove(place);
    }

    private void Remove(Place place)
    {
        if (!_handshaking.Remove(place) && !RoomOf(place).Remove(place))
            return;
        var left = _bySubscriber[place.Host.Subscriber] - 1;
        if (left == 0)
            _bySubscriber.Remove(place.Host.Subscriber);
        else
            _bySubscriber[place.Host.Subscriber] = left;
    }

    /// <summary>
    /// How many places this gateway has in a room: most are for the roles that usually call here, the reserved ones for the others.
    /// </summary>
    private int Capacity(InboundRoom room) => _elsewhere.LeftOf(
        room, room.IsUsual ? limits.MaxInbound - limits.ReservedForOtherRoles : limits.ReservedForOtherRoles);

    private int Established => _rooms.Values.Sum(room => room.Count);

    /// <summary>
    /// The room in which one has to go for a newcomer: its own if that is full, the largest if descriptors run out; null if there is a
    /// free place.
    /// </summary>
    private HashSet<Place>? CrowdedBy(HashSet<Place> room, Place place) =>
        room.Count >= Capacity(KindOf(place)) ? room : Established >= limits.MostInbound ? _rooms.Values.MaxBy(r => r.Count) : null;

    private HashSet<Place> RoomOf(Place place) =>
        _rooms.TryGetValue(KindOf(place), out var places) ? places : _rooms[KindOf(place)] = [];

    private InboundRoom KindOf(Place place) => InboundRoom.Of(localRole, place.Role, place.Host.IsLoopback);

    private static Place OldestOfTheLargestCrowd(List<Place> places) =>
        places.GroupBy(place => place.Group)
            .OrderByDescending(group => group.Count())
            .First()
            .OrderBy(place => place.HasSpoken)
            .ThenBy(place => place.Since)
            .First();
}

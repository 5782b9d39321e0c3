/** Leaflet and the page's own namespace; both are filled by the scripts that come first. */
declare const L: any;
declare var atlas: any;
